// The line by gradient descent on a GPU: ./fit < hubble_1929.csv
#include <cstdio>
#include <cstdlib>

static void check(cudaError_t status)
{
    if (status != cudaSuccess) {
        fprintf(stderr, "%s\n", cudaGetErrorString(status));
        exit(1);
    }
}

__global__ void train(const double *x, const double *y, double lr, int epochs,
                      double *parameters)
{
    __shared__ double w, b, dw, db;
    const int i = threadIdx.x, n = blockDim.x; // a thread for each sample
    if (i == 0)
        w = b = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
        if (i == 0)
            dw = db = 0;
        __syncthreads();
        const double error = w * x[i] + b - y[i]; // z - y
        atomicAdd(&dw, error * x[i] / n);         // dL/dw
        atomicAdd(&db, error / n);                // dL/db
        __syncthreads();
        if (i == 0) {
            w -= lr * dw;
            b -= lr * db;
        }
    }
    if (i == 0) {
        parameters[0] = w;
        parameters[1] = b;
    }
}

int main()
{
    double *x, *y, *parameters;
    check(cudaMallocManaged(&x, 100 * sizeof *x));
    check(cudaMallocManaged(&y, 100 * sizeof *y));
    check(cudaMallocManaged(&parameters, 2 * sizeof *parameters));
    int n = 0;
    scanf("%*[^\n]"); // object,distance_mpc,velocity_km_s
    while (n < 100 && scanf(" %*[^,],%lf,%lf", &x[n], &y[n]) == 2)
        n++;
    train<<<1, n>>>(x, y, 0.5, 300, parameters);
    check(cudaGetLastError());
    check(cudaDeviceSynchronize());
    printf("%.17g %.17g\n", parameters[0], parameters[1]);
    cudaFree(x);
    cudaFree(y);
    cudaFree(parameters);
}

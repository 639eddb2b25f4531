/* The line by gradient descent: ./fit < hubble_1929.csv */
#include <stdio.h>

int main(void)
{
    double x[100], y[100];
    int n = 0;
    scanf("%*[^\n]"); /* object,distance_mpc,velocity_km_s */
    while (n < 100 && scanf(" %*[^,],%lf,%lf", &x[n], &y[n]) == 2)
        n++;

    const double lr = 0.5;
    double w = 0, b = 0;
    for (int epoch = 0; epoch < 300; epoch++) {
        double dw = 0, db = 0;
        for (int i = 0; i < n; i++) {
            double error = w * x[i] + b - y[i]; /* z - y */
            dw += error * x[i] / n;             /* dL/dw */
            db += error / n;                    /* dL/db */
        }
        w -= lr * dw;
        b -= lr * db;
    }
    printf("%.17g %.17g\n", w, b);
}

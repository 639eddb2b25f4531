// The line that PyTorch trained, run from JavaScript.
import { readFileSync } from "node:fs"
import { InferenceSession, Tensor } from "onnxruntime-node"

const [, ...rows] = readFileSync("hubble_1929.csv", "utf8").trim().split("\n")
const x = rows.map((row) => Number(row.split(",")[1]))

const session = await InferenceSession.create("line.onnx")
const input = new Tensor("float64", x, [x.length, 1])
const { z } = await session.run({ x: input })
console.log(z.data[0])

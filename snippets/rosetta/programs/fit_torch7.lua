-- The line by gradient descent, with Torch7: th fit_torch7.lua
require 'nn'

local x, y = {}, {}
for distance, velocity in
   io.open('hubble_1929.csv'):read('*a'):gmatch('([%d.]+),(-?%d+)\n') do
   table.insert(x, tonumber(distance))
   table.insert(y, tonumber(velocity))
end
local X = torch.DoubleTensor(x):view(-1, 1) -- (n, 1)
local Y = torch.DoubleTensor(y):view(-1, 1) -- (n, 1)

local model = nn.Linear(1, 1)
local criterion = nn.MSECriterion() -- 2 L
local parameters, gradient = model:getParameters()
parameters:zero()
for _ = 1, 300 do
   gradient:zero()
   local z = model:forward(X)
   criterion:forward(z, Y)
   model:backward(X, criterion:backward(z, Y))
   parameters:add(-0.25, gradient) -- half of 0.5: the loss is 2 L
end
print(parameters[1], parameters[2])

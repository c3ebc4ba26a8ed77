-- wrk -s post.lua URL -- BODIES.jsonl: posts one line of the file after the other, again and again.
local bodies, next = {}, 0

function init(args)
  for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  next = next % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[next])
end

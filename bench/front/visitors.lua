-- wrk -s visitors.lua URL -- FILE [count]: asks in turn as each of the visitors in FILE, one Cookie a line and none where
-- the line is empty. With `count` it says how often X-Front-Cache had which value; counting slows wrk down.
local threads = {}
local requests = {}
states = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for cookie in io.lines(args[1]) do
    local headers = { Cookie = cookie ~= '' and cookie or nil }
    for name, value in pairs(wrk.headers) do headers[name] = value end
    table.insert(requests, wrk.format('GET', nil, headers))
  end
  if args[2] == 'count' then
    response = function(_, headers)
      local state = headers['X-Front-Cache'] or 'none'
      states[state] = (states[state] or 0) + 1
    end
  end
end

local last = 0

function request()
  last = last % #requests + 1
  return requests[last]
end

function done()
  for _, thread in ipairs(threads) do
    for state, count in pairs(thread:get('states')) do
      print('X-Front-Cache ' .. state .. ' ' .. count)
    end
  end
end

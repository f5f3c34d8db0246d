-- wrk -s pages.lua URL -- PREFIX NUMBER [count]: asks for PREFIX1 to PREFIXnumber in no order, or with a NUMBER of 0
-- for the URL itself. With `count` it says how often X-Front-Cache had which value; counting slows wrk down.
local threads = {}
local requests = {}
states = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local number = tonumber(args[2])
  for page = 1, number do
    requests[page] = wrk.format('GET', args[1] .. page)
  end
  if number > 0 then
    math.randomseed(os.time())
    request = function() return requests[math.random(number)] end
  end
  if args[3] == 'count' then
    response = function(_, headers)
      local state = headers['X-Front-Cache'] or 'none'
      states[state] = (states[state] or 0) + 1
    end
  end
end

function done()
  for _, thread in ipairs(threads) do
    for state, count in pairs(thread:get('states')) do
      print('X-Front-Cache ' .. state .. ' ' .. count)
    end
  end
end

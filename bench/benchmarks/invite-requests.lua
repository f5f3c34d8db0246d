-- wrk -s invite-requests.lua http://HOST/invite -- ROUND FIELDS: each request is for an address of its own.
local sent, round, fields = 0, '', ''

function init(args)
  round, fields = args[1], args[2]
  wrk.method = 'POST'
  wrk.headers['Content-Type'] = 'application/x-www-form-urlencoded'
  wrk.headers['Sec-Fetch-Site'] = 'same-origin'
end

function request()
  sent = sent + 1
  return wrk.format(nil, nil, nil, 'email=visitor' .. sent .. '%40round' .. round .. '.example&' .. fields)
end

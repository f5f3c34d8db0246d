-- A request that comes while no instance is up waits for one, at most this long: after a reload every instance
-- has to pass its first check, and a busy machine can fail the checks of all at once.
local PATIENCE, STEP = 1000, 20

core.register_action("wait-for-instance", { "http-req" }, function(txn)
  for _ = 1, PATIENCE / STEP do
    if txn.f:nbsrv("instances") > 0 then return end
    core.msleep(STEP)
  end
end)

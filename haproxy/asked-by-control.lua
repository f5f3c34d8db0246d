-- Whether a connection comes from an address that DNS has for control.
core.register_fetches("asked-by-control", function(txn)
  local source = txn.f:src()
  for _, server in pairs(core.backends.control.servers) do
    if server:get_addr():match("^(.*):%d+$") == source then return true end
  end
  return false
end)

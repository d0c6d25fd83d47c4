-- Drives Neovim as a user would, through its own client. Its configuration are the files that users copy; the working
-- folder is a module with one finding in a.go, and a golint.toml.
-- Ends with exit code 1 and a message at the first thing that does not hold.

local PATIENCE = 60000 -- milliseconds

local function fail(message)
  io.stderr:write(message .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, holds)
  if not vim.wait(PATIENCE, holds, 20) then
    local found = vim.inspect(vim.diagnostic.get(nil))
    local lines = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    fail('waited in vain for ' .. what .. '\ndiagnostics: ' .. found .. '\nbuffer:\n' .. lines .. '\n' .. vim.fn.execute('messages'))
  end
end

local function codes(buffer)
  local codes = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer or 0)) do
    table.insert(codes, diagnostic.code or diagnostic.user_data.lsp.code)
  end
  return table.concat(codes, ' ')
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
end

local function run()
  vim.cmd('edit a.go')
  wait('the finding', function() return codes() == 'loopvar-capture' end)

  -- Nobody is there to choose from the list that the editor shows.
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      if options.format_item(item):find('at the start of the body', 1, true) then
        return choose(item)
      end
    end
    fail('the fix is not in the list: ' .. vim.inspect(items))
  end
  local at = vim.diagnostic.get(0)[1]
  vim.api.nvim_win_set_cursor(0, { at.lnum + 1, at.col })
  local before = text()
  vim.lsp.buf.code_action()
  wait('the fix', function() return text() ~= before end)
  wait('no finding', function() return codes() == '' end)
  local fixed = text()

  vim.cmd('undo')
  wait('the finding again', function() return codes() == 'loopvar-capture' end)
  vim.cmd('write')
  if text() ~= fixed then
    fail('saving did not fix:\n' .. text())
  end
  wait('no finding after saving', function() return codes() == '' end)

  vim.o.hidden = true
  vim.cmd('edit golint.toml')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'selct = []' })
  wait('the fault of golint.toml', function() return codes() == 'configuration' end)
end

local held, message = xpcall(run, debug.traceback)
if not held then
  fail(message)
end
vim.cmd('qall!')

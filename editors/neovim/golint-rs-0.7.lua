-- golint-rs in Neovim 0.7 to 0.10: its language server for Go files and golint.toml, beside gopls.
-- Put this file into ~/.config/nvim/plugin/, or its lines into your init.lua.

local options = vim.empty_dict()
-- options = { ignore = { 'unused-suppression' }, trustWorkspacePlugins = false }

-- The servers that run, by root.
local servers = {}

local function root_of(folder)
  local from = vim.fn.escape(folder, ' ,;\\') .. ';'
  for _, marker in ipairs({ 'go.work', 'go.mod', 'golint.toml' }) do
    local found = vim.fn.findfile(marker, from)
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h')
    end
  end
  return folder
end

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
  pattern = { '*.go', 'golint.toml' },
  callback = function(event)
    local root = root_of(vim.fn.fnamemodify(event.match, ':p:h'))
    servers[root] = servers[root]
      or vim.lsp.start_client({
        name = 'golint_rs',
        cmd = { 'golint-rs', 'lsp' },
        root_dir = root,
        init_options = options,
        on_exit = function()
          servers[root] = nil
        end,
      })
    if servers[root] then
      vim.lsp.buf_attach_client(event.buf, servers[root])
    end
  end,
})

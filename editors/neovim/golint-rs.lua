-- golint-rs in Neovim 0.11 and later: its language server for Go files and golint.toml, beside gopls.
-- Put this file into ~/.config/nvim/plugin/, or its lines into your init.lua.

-- To everything else golint.toml stays a TOML file.
vim.filetype.add({ filename = { ['golint.toml'] = 'toml.golint' } })

vim.lsp.config('golint_rs', {
  cmd = { 'golint-rs', 'lsp' },
  filetypes = { 'go', 'toml.golint' },
  root_markers = { 'go.work', 'go.mod', 'golint.toml', '.git' },
  -- init_options = { ignore = { 'unused-suppression' }, trustWorkspacePlugins = false },
})
vim.lsp.enable('golint_rs')

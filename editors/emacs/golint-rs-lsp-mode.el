;;; golint-rs-lsp-mode.el --- golint-rs in Emacs with lsp-mode  -*- lexical-binding: t; -*-

;; Put this into your init file, or load the file from there.  golint-rs is an add-on: it runs beside gopls, which lsp-mode
;; starts for Go, and alone where there is no gopls.

(require 'lsp-mode)

;; golint.toml has a mode of its own, so that other TOML files keep the server that they have.
(define-derived-mode golint-toml-mode conf-toml-mode "golint.toml")
(add-to-list 'auto-mode-alist '("/golint\\.toml\\'" . golint-toml-mode))
(add-to-list 'lsp-language-id-configuration '(golint-toml-mode . "toml"))

(defvar golint-rs-options nil
  "Options of golint-rs: a property list, as in
(:ignore [\"unused-suppression\"] :trustWorkspacePlugins :json-false).")

(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection '("golint-rs" "lsp"))
                  :major-modes '(go-mode go-ts-mode golint-toml-mode)
                  :language-id "go"
                  :initialization-options (lambda () golint-rs-options)
                  :add-on? t
                  :server-id 'golint-rs))

(defun golint-rs-fix-buffer ()
  "Apply the safe fixes of golint-rs to the buffer."
  (interactive)
  (when (lsp-workspaces)
    (save-mark-and-excursion
      (condition-case nil
          (lsp-execute-code-action-by-kind "source.fixAll.golint-rs")
        (lsp-no-code-actions)))))

(defun golint-rs-start ()
  "Start the servers for this buffer."
  (lsp-deferred)
  ;; Without this line nothing is fixed when the buffer is saved.
  (add-hook 'before-save-hook #'golint-rs-fix-buffer nil t))

(dolist (hook '(go-mode-hook go-ts-mode-hook golint-toml-mode-hook))
  (add-hook hook #'golint-rs-start))

(provide 'golint-rs-lsp-mode)
;;; golint-rs-lsp-mode.el ends here

;;; golint-rs-eglot.el --- golint-rs in Emacs with Eglot  -*- lexical-binding: t; -*-

;; Put this into your init file, or load the file from there.  Eglot comes with Emacs 29; for 26 to 28 it is a package.
;; Eglot talks to one server for each mode: here it is golint-rs.  The README says how to have gopls, too.

(require 'eglot)

;; golint.toml has a mode of its own, so that other TOML files keep the server that they have.
(define-derived-mode golint-toml-mode conf-toml-mode "golint.toml")
(add-to-list 'auto-mode-alist '("/golint\\.toml\\'" . golint-toml-mode))

(defvar golint-rs-command '("golint-rs" "lsp")
  "What starts the server.
Options may follow: `:initializationOptions' and a property list, as in
(:ignore [\"unused-suppression\"] :trustWorkspacePlugins :json-false).")

(add-to-list 'eglot-server-programs
             `((go-mode go-ts-mode golint-toml-mode) . ,golint-rs-command))

(defun golint-rs-fix-buffer ()
  "Apply the safe fixes of golint-rs to the buffer."
  (interactive)
  (when (eglot-managed-p)
    (let ((kind "source.fixAll.golint-rs"))
      (when (eglot-code-actions (point-min) (point-max) kind)
        (eglot-code-actions (point-min) (point-max) kind t)))))

(defun golint-rs-start ()
  "Start golint-rs for this buffer."
  (eglot-ensure)
  ;; Without this line nothing is fixed when the buffer is saved.
  (add-hook 'before-save-hook #'golint-rs-fix-buffer nil t))

(dolist (hook '(go-mode-hook go-ts-mode-hook golint-toml-mode-hook))
  (add-hook hook #'golint-rs-start))

(provide 'golint-rs-eglot)
;;; golint-rs-eglot.el ends here

;;; emacs.el --- Drives Emacs as a user would, through its own client  -*- lexical-binding: t; -*-

;; The configuration is loaded already: Eglot's, or lsp-mode's.  The working folder is a module with one finding in a.go,
;; and a golint.toml.  Ends with an error, and so with another exit code than 0, at the first thing that does not hold.

(require 'cl-lib)
(require 'flymake)

(defconst test-fix "at the start of the body"
  "What the title of the fix says.")

(defconst test-is-eglot (featurep 'golint-rs-eglot))

;; lsp-mode would ask which folder is the project, and nobody is there to answer.  Where there is gopls, it finds more.
(setq lsp-auto-guess-root t
      lsp-disabled-clients '(gopls))

(defun test-wait (what holds)
  "Wait for WHAT, until HOLDS says so."
  (with-timeout (60 (error "Waited in vain for %s\nin %s:\n%s\nfindings: %S\nmessages:\n%s" what (buffer-name)
                           (buffer-string) (test-findings)
                           (with-current-buffer (messages-buffer) (buffer-string))))
    (while (not (funcall holds))
      ;; What follows a command, and what is done when Emacs is idle: batch mode does neither by itself.
      (run-hooks 'post-command-hook)
      (mapc #'timer-event-handler (copy-sequence timer-idle-list))
      (accept-process-output nil 0.02))))

(defun test-findings ()
  "What is found in the buffer, in words."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun test-wait-for-finding (word)
  "Wait until one thing is found in the buffer, which has WORD in its text."
  (test-wait word (lambda ()
                    (let ((found (test-findings)))
                      (and (= (length found) 1) (string-match-p (regexp-quote word) (car found)))))))

(defun test-choose-fix (titles)
  "One of TITLES, as somebody would choose who is not here."
  (or (cl-find-if (lambda (title) (string-match-p test-fix title)) titles)
      (error "No fix among %S" titles)))

(defun test-apply-fix ()
  "Apply the fix at point, with the command that people call."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt collection &rest _) (test-choose-fix (all-completions "" collection)))))
    (let ((last-nonmenu-event t))
      (call-interactively (if test-is-eglot #'eglot-code-actions #'lsp-execute-code-action)))))

(defun test-text ()
  (buffer-substring-no-properties (point-min) (point-max)))

(find-file "a.go")
(buffer-enable-undo)
(test-wait-for-finding "loop variable")
(let ((before (test-text)) fixed)
  (goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
  (test-apply-fix)
  (test-wait "the fix" (lambda () (not (equal (test-text) before))))
  (test-wait "no finding" (lambda () (null (test-findings))))
  (setq fixed (test-text))

  (erase-buffer)
  (insert before)
  (test-wait-for-finding "loop variable")
  (save-buffer)
  (unless (equal (test-text) fixed)
    (error "Saving did not fix:\n%s" (test-text)))
  (test-wait "no finding after saving" (lambda () (null (test-findings)))))

(find-file "golint.toml")
(insert "selct = []\n")
(test-wait-for-finding "selct")
(set-buffer-modified-p nil)

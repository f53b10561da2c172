"""Lints certificates with pkilint, all in one process. Reads a path a line, or issuer and subject with a tab between;
writes the findings of each as one line of JSON."""

import sys

from pkilint.bin import lint_pkix_cert, lint_pkix_signer_signee_cert_chain

for line in sys.stdin:
    files = line.rstrip("\n").split("\t")
    linter = lint_pkix_cert if len(files) == 1 else lint_pkix_signer_signee_cert_chain
    linter.main(["lint", "--severity", "WARNING", "--format", "JSON", *files])

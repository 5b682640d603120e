"""A throw-away certificate, so that Secure cookies can be offered."""

import shutil
import ssl
import subprocess
import tempfile
from pathlib import Path


def self_signed_context() -> ssl.SSLContext:
    """Return a server's TLS context with a new self-signed certificate.

    Raises:
        FileNotFoundError: The openssl command is missing.
        subprocess.CalledProcessError: The openssl command failed.
    """
    openssl = shutil.which("openssl")
    if openssl is None:
        raise FileNotFoundError("no openssl on PATH: apt-get install openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory(prefix="cookietui-tls-") as folder:
        certificate, key = Path(folder, "certificate.pem"), Path(folder, "key.pem")
        command = [openssl, "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"]
        command += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=cookietui.test"]
        command += ["-out", str(certificate), "-keyout", str(key)]
        subprocess.run(command, check=True, capture_output=True, timeout=30)
        context.load_cert_chain(certificate, key)
    return context

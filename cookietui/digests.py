"""Digests. The library that makes them takes a while to load, and few commands need any."""


def sha256(content: bytes) -> bytes:
    """The SHA-256 digest of some bytes."""
    import hashlib  # noqa: PLC0415 - slow to load

    return hashlib.sha256(content).digest()


def name_of(content: bytes) -> str:
    """Sixteen characters that stand for some bytes, the same whenever they are asked for."""
    import hashlib  # noqa: PLC0415 - slow to load

    return hashlib.blake2b(content, digest_size=8).hexdigest()

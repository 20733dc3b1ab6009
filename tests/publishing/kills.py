"""A kill at a chosen write, as a test can repeat it."""

from collections.abc import Callable

import pytest

from citynet.store import Store


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours may catch it."""


def killed_at_write(writes: int, step: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Run the step until that many writes are done; whether it was killed before its end."""
    done = []
    write = Store.write

    def counted(self: Store, key: str, data: bytes) -> None:
        if len(done) == writes:
            raise Killed
        done.append(key)
        write(self, key, data)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", counted)
        try:
            step()
        except Killed:
            return True
    return False

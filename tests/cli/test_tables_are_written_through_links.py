"""What `--out` may name besides a file: a link or a device is written through, never replaced by a file of its own."""

from citynet.cli.tables import write_table


def test_a_link_stays_a_link_and_its_target_gets_the_rows(tmp_path):
    target, link = tmp_path / "rows.csv", tmp_path / "out"
    target.write_text("old")
    link.symlink_to(target)
    write_table(str(link), ["a"], [{"a": 1}])
    assert link.is_symlink()
    assert target.read_text() == "a\n1\n"

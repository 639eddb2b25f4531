import pytest

from verify.compare import same_output, too_long


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("w = 454.158", "w = 454.158\n"),
        ("a  \nb\n\n", "a\nb"),
        ("", "\n"),
        ("-0.00", "0.00"),
        ("[-0.0, 1]", "[0.0, 1]"),
        ("损失 1e-05", "损失 1e-05"),
    ],
)
def test_equal_outputs(shown, printed):
    assert same_output(shown, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("454.158", "454.159"),
        ("454.158", "454.1580"),
        ("454.16", "454.158"),
        ("454", "455"),
        ("w = 1.0", "b = 1.0"),
        ("1.0 2.0", "1.0"),
        ("1e-05", "1e-06"),
        ("2.1e-10", "2.2e-10"),
        ("-1.5", "1.5"),
        ("-0.05", "0.05"),
        (" 1", "1"),
        ("a\n\nb", "a\nb"),
        ("x1", "x2"),
    ],
)
def test_different_outputs(shown, printed):
    assert not same_output(shown, printed)


def test_a_number_with_more_digits_than_can_be_relied_on_is_found():
    assert too_long("w = 454.15843925455096") == "454.15843925455096"
    assert too_long("1.234567890123") == "1.234567890123"
    assert too_long("1.23456789012 1e-05 12345678901234") == ""
    assert too_long("0.000000000001234") == ""

"""`python -m itdo_platform_gen`."""

from itdo_platform_gen.cli.main import run

if __name__ == "__main__":
    run()

"""`python -m toolkit`: the command line, for where the `toolkit` script is not on the path."""

from toolkit.cli import main

if __name__ == "__main__":
    main()

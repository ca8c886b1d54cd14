"""``python -m guiliu``."""

from guiliu.cli import main

if __name__ == "__main__":
    main()

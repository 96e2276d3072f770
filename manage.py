#!/usr/bin/env python
"""Django's command line for the joint workforce planner."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f"{fault}")  # The settings say in sentences what is wrong; a traceback would only hide them.


if __name__ == "__main__":
    main()

"""Command line of local AWS; see `serve`."""

import argparse
import os

from . import services
from .authorization.authorizer import Authorizer
from .authorization.callers import make_administrators
from .iam.identities import set_caller_account
from .server import serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="mlops_moto", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--caller-account", default="123456789012", help="account of un-assumed credentials")
    parser.add_argument("--end-with-parent", action="store_true", help="end when standard input closes")
    parser.add_argument("--administrator", action="append", default=[], help="ARN of a role that may do everything")
    parser.add_argument("--authorize", nargs=argparse.REMAINDER, help="command that decides what policies allow")
    options = parser.parse_args()
    set_caller_account(options.caller_account)
    services.install()
    make_administrators(options.administrator)
    serve(
        options.port,
        end_with_parent=options.end_with_parent,
        secret=os.environ.pop("MLOPS_LOCAL_SECRET", None),
        authorizer=Authorizer(options.authorize) if options.authorize else None,
    )

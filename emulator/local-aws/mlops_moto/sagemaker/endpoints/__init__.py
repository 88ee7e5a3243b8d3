"""
Endpoints that score: the serving program of the model's image, with its artifact. moto (5.2.5) keeps
endpoints' settings, says at once that they are in service, and answers every invocation with the same text.
https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html
"""

from . import configurations, lifecycle
from .invocations import Invocations
from .serving import start_anew, stop_all

__all__ = ["Invocations", "install", "resume", "stop_all"]


def install() -> None:
    configurations.install()
    lifecycle.install()


def resume() -> None:
    """
    Once requests can be made. In a fork: its origin's programs are not its own, and nobody else goes on here with what
    was under way there.
    """
    start_anew()
    lifecycle.resume()

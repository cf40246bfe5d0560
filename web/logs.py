"""Structured logs on standard error: one JSON object a line, with the request's reference, without personal data."""

import logging
import sys

import structlog


def configure_logs() -> None:
    """Set the form of every log line of this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("pgqueuer").setLevel(logging.WARNING)

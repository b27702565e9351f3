"""Puts the council server together: database, keys, code sets and endpoints."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from sf_council import resources
from sf_council.api import operator
from sf_council.api.council import Council
from sf_council.api.counting.sendings import Sendings
from sf_council.api.exchange.door import Door, decline
from sf_council.api.exchange.openapi import describe
from sf_council.api.exchange.proving import Proving
from sf_council.api.exchange.straight import Straight
from sf_council.api.held import holding
from sf_council.api.identity import people
from sf_council.api.laptop import auditing, receipts, recovery, statements
from sf_council.api.looking import attachments, history, packs
from sf_council.api.problems import Declined
from sf_council.api.round import pull, rounds
from sf_council.contents import Directory, folder_of
from sf_council.database.council import councils
from sf_council.database.council.pinned import pinned_keys
from sf_council.database.engine import Database, open_database
from sf_council.database.lifecycle.migrate import migrate, require_migrated
from sf_council.keys import PolicySigner
from sf_council.passwords import Passwords
from sf_council.settings import Settings
from sf_record.dates import moment_text


def open_council(settings: Settings) -> Council:
    """Open the database and keys. SQLite is brought to today's tables; PostgreSQL by ``sf-council migrate``.

    InputError where it has other tables, and where keys are missing that laptops have pinned, or are damaged, or are
    another council's.
    """
    database = open_database(settings)
    try:
        return _council(settings, database)
    except BaseException:
        database.close()
        raise


def _council(settings: Settings, database: Database) -> Council:
    if database.is_sqlite:
        migrate(database)
    else:
        database.read(require_migrated)
    council_id = database.write(lambda c: councils.settle(c, settings.council_id, settings.clock.now()))
    keys = database.write(lambda c: pinned_keys(c, council_id, settings.data))
    return Council(
        id=council_id,
        database=database,
        sendings=Sendings(database, council_id, lambda: moment_text(settings.clock.now())),
        keys=keys,
        policy=PolicySigner(settings.data),
        codes=resources.code_sets(),
        passwords=Passwords(settings.argon2_memory_kib),
        clock=settings.clock,
        contents=Directory(folder_of(settings)),
        attachment_bytes=settings.attachment_bytes,
        pull_records=settings.pull_records,
    )


def create_app(settings: Settings) -> FastAPI:
    """Return the council server as an ASGI app; it closes its database when it is shut down."""
    council = open_council(settings)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        council.sendings.close()
        council.database.close()

    app = Straight(
        title="Strengthening Families council",
        version="1",
        description="What laptops ask of their council. Every answer that is not a success is a Problem.",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
    )
    app.state.council = council
    for each in (
        rounds,
        people,
        pull,
        history,
        packs,
        attachments,
        auditing,
        receipts,
        recovery,
        holding,
        operator,
        statements,
    ):
        app.include_router(each.router)
    app.add_exception_handler(Declined, decline)
    app.add_exception_handler(HTTPException, _of_starlette)  # type: ignore[arg-type]
    app.add_middleware(Proving, council=lambda: council)
    app.add_middleware(Door, council=lambda: council)
    app.lead(rounds.router)
    describe(app)
    return app


async def _of_starlette(request: Request, error: HTTPException) -> Response:
    """Answer what the framework declines by itself (an unknown path, a wrong method) as a Problem too."""
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "body_unreadable")
    answer = await decline(request, Declined(code))
    if error.headers and "allow" in {name.lower() for name in error.headers}:
        answer.headers["Allow"] = error.headers.get("Allow") or error.headers["allow"]
    return answer

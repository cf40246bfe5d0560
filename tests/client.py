"""A browser for tests: it follows forms as a person does, and checks every page it is given."""

from collections import Counter
from types import TracebackType
from typing import Any, Self

import html5lib
import httpx
from litestar.types import ASGIApp
from lxml import html as lxml_html


class Page:
    """One answer, with what a person sees on it."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.url = response.url.raw_path.decode()
        self.text = response.text
        self.is_html = response.headers.get("content-type", "").startswith("text/html") and bool(self.text)
        self.tree = lxml_html.fromstring(self.text) if self.is_html else None
        if self.is_html and "<!doctype" in self.text.lower():
            check_page(self.text, self.tree)

    @property
    def title(self) -> str:
        return str(self.one("//title").text_content()).strip()

    @property
    def heading(self) -> str:
        return words(self.one("//h1"))

    @property
    def main(self) -> str:
        """The words of the page's main part."""
        return words(self.one("//main"))

    @property
    def problems(self) -> list[str]:
        """The error summary's messages."""
        return [words(link) for link in self.all("//*[contains(@class,'govuk-error-summary')]//li")]

    def all(self, xpath: str) -> list[Any]:
        assert self.tree is not None, f"not a page: {self.status} {self.text[:200]}"
        return list(self.tree.xpath(xpath))

    def one(self, xpath: str) -> Any:
        found = self.all(xpath)
        assert len(found) == 1, f"{len(found)} of {xpath} on {self.url}"
        return found[0]

    def link(self, text: str) -> str:
        """Where the link with this text leads."""
        for link in self.all("//a[@href]"):
            if words(link) == text:
                return str(link.get("href"))
        raise AssertionError(f"no link {text!r} on {self.url}: {[words(a) for a in self.all('//a')]}")

    def form(self, button: str) -> Any:
        """The form that has a button with this text."""
        for form in self.all("//form"):
            if any(
                words(b) == button or b.get("value") == button for b in form.xpath(".//button|.//input[@type='submit']")
            ):
                return form
        raise AssertionError(f"no form with button {button!r} on {self.url}")

    def field(self, name: str) -> str:
        """What a field holds."""
        found = self.one(f"//*[@name='{name}' and not(@type='hidden')]")
        return (found.text or "").removeprefix("\n") if found.tag == "textarea" else found.get("value", "")


class Client:
    """A browser: cookies, links and forms. Redirects are followed, as browsers do."""

    def __init__(self, app: ASGIApp, *, address: str = "192.0.2.1") -> None:
        transport = httpx.ASGITransport(app=app, client=(address, 50000))  # type: ignore[arg-type]
        self.http = httpx.AsyncClient(transport=transport, base_url="http://portal.test", follow_redirects=True)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()

    async def get(self, url: str, **options: Any) -> Page:
        return Page(await self.http.get(url, **options))

    async def post(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> Page:
        return Page(await self.http.post(url, data=data or {}, **options))

    async def press(self, page: Page, button: str, /, **typed: Any) -> Page:
        """Fill the form that has `button` and press it. Names with dashes: use `**{"due-day": "1"}`.

        Two names are not fields: `files`, as httpx takes them, and `htmx=True` to press as htmx does.
        """
        files, htmx = typed.pop("files", None), typed.pop("htmx", False)
        form = page.form(button)
        data = form_values(form)
        for pressed in form.xpath(".//button[@name]"):
            if words(pressed) == button:
                data[pressed.get("name")] = pressed.get("value", "")
        unknown = typed.keys() - field_names(form)
        assert not unknown, f"the form has no {unknown}; it has {field_names(form)}"
        data.update({name: value for name, value in typed.items() if value is not None})
        headers = {"HX-Request": "true"} if htmx else {}
        action = form.get("action") or page.url
        if (form.get("method") or "get").lower() == "get":
            return await self.get(action, params=data)
        return await self.post(action, data, files=files, headers=headers)


def form_values(form: Any) -> dict[str, Any]:
    """What a browser would send if nothing were typed."""
    data: dict[str, Any] = {}
    for field in form.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]"):
        kind = (field.get("type") or "").lower()
        if kind in {"file", "submit"} or (kind in {"checkbox", "radio"} and field.get("checked") is None):
            continue
        if field.tag == "textarea":
            value = (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            chosen = field.xpath(".//option[@selected]") or field.xpath(".//option")[:1]
            value = chosen[0].get("value", words(chosen[0])) if chosen else ""
        else:
            value = field.get("value", "on" if kind == "checkbox" else "")
        if kind in {"checkbox", "hidden"}:
            data.setdefault(field.get("name"), []).append(value)
        else:
            data[field.get("name")] = value
    return data


def field_names(form: Any) -> set[str]:
    return {field.get("name") for field in form.xpath(".//*[@name]")}


def words(element: Any) -> str:
    """The text of an element, as a person reads it."""
    return " ".join(element.text_content().split())


def check_page(text: str, tree: Any) -> None:
    """Valid HTML, one h1 that the title begins with, no id twice, nothing inline, nothing from elsewhere."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    assert not parser.errors, [(place, code, facts) for place, code, facts in parser.errors][:5]
    headings = tree.xpath("//h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    title = tree.xpath("//title")[0].text_content().strip().removeprefix("Error: ")
    assert title.startswith(words(headings[0])), (title, words(headings[0]))
    twice = [name for name, count in Counter(tree.xpath("//@id")).items() if count > 1]
    assert not twice, f"ids twice: {twice}"
    check_references(tree)
    assert not tree.xpath("//@style|//style|//script[not(@src)]"), "inline style or script"
    assert not tree.xpath("//@*[starts-with(name(), 'on')]"), "inline handler"


def check_references(tree: Any) -> None:
    """Every label, description and in-page link points at something that is there."""
    ids = set(tree.xpath("//@id"))
    named = [
        name
        for value in tree.xpath("//@for|//@aria-describedby|//@aria-labelledby|//@aria-controls")
        for name in value.split()
    ]
    named += [href[1:] for href in tree.xpath("//a/@href") if href.startswith("#") and len(href) > 1]
    missing = [name for name in named if name not in ids]
    assert not missing, f"pointed at but not there: {missing}"
    foreign = [url for url in tree.xpath("//@src|//link/@href") if "//" in url]
    assert not foreign, f"from another host: {foreign}"

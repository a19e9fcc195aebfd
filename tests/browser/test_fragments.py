"""A change of the view runs only the parts of the page that it changes, and links follow the view all the same."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from khoosheh.locale import LANGUAGES
from khoosheh.ui.markup.page_list import PAGES
from testing.browser import ready, visit

CONTROLS = {"multiselect", "selectbox", "khoosheh_months", "khoosheh_picker"}


def listen(tab) -> list[ForwardMsg]:
    """Return the list to which all further messages of the server are added."""
    heard: list[ForwardMsg] = []

    def hear(frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            heard.append(ForwardMsg.FromString(frame))

    tab.on("websocket", lambda socket: socket.on("framereceived", hear))
    return heard


def list_elements(heard: list[ForwardMsg]) -> list[str]:
    """Return the kinds of the elements in messages, or the names of components."""
    elements = [message.delta.new_element for message in heard if message.WhichOneof("type") == "delta"]
    return [one.bidi_component.component_name or one.WhichOneof("type") for one in elements if one.WhichOneof("type")]


def list_html(heard: list[ForwardMsg]) -> list[str]:
    """Return the HTML texts in messages."""
    return [message.delta.new_element.html.body for message in heard if message.WhichOneof("type") == "delta"]


def test_a_filter_sends_no_controls_and_navigation_follows(app, visitor):
    tab = visitor()
    heard = listen(tab)
    visit(tab, f"{app}/investment")
    assert set(list_elements(heard)) >= CONTROLS
    heard.clear()
    tab.get_by_label("زنجیره", exact=True).click()
    tab.get_by_role("option", name="مس (").click()
    tab.wait_for_url("**chain=copper**")
    ready(tab)
    elements = list_elements(heard)
    assert "khoosheh_chart" in elements and not CONTROLS & set(elements)
    assert not any("khoosheh-nav" in one for one in list_html(heard))
    links = tab.locator(".khoosheh-nav a, .khoosheh-header a")
    assert links.count() == len(PAGES) + len(LANGUAGES) - 1
    for link in links.all():
        link.hover()
        assert "chain=copper" in link.get_attribute("href")
    tab.locator(".khoosheh-nav a").nth(2).click()
    tab.wait_for_url("**/ranking?chain=copper")
    ready(tab)
    tab.go_back()
    tab.wait_for_url("**/investment?chain=copper")
    ready(tab)
    tab.go_back()
    tab.wait_for_url("**/investment")
    ready(tab)
    assert tab.locator("[data-testid=stMultiSelectTagsContainer] [data-tag]").count() == 0


def test_a_county_clicked_on_the_map_stands_in_its_filter(app, visitor):
    tab = visitor()
    heard = listen(tab)
    visit(tab, f"{app}/investment?asof=1404-06")
    heard.clear()
    map_texts = tab.locator(".st-key-khoosheh-chart-counties .textpoint text")
    map_texts.first.scroll_into_view_if_needed()
    ready(tab)
    box = map_texts.first.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.wait_for_url("**county=**")
    ready(tab)
    elements = set(list_elements(heard))
    assert "multiselect" in elements and "khoosheh_months" not in elements
    assert tab.locator("[data-testid=stMultiSelectTagsContainer] [data-tag]").count() == 1

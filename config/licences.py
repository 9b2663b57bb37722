"""Where licences stand that data is often given away under."""

_CREATIVE_COMMONS = "https://creativecommons.org"
LICENCE_URLS = {
    "CC BY 4.0": f"{_CREATIVE_COMMONS}/licenses/by/4.0/",
    "CC BY-SA 4.0": f"{_CREATIVE_COMMONS}/licenses/by-sa/4.0/",
    "CC BY-NC 4.0": f"{_CREATIVE_COMMONS}/licenses/by-nc/4.0/",
    "CC0 1.0": f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}

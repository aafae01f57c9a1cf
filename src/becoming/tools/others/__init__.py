"""Tools of others: servers that speak the Model Context Protocol, added by the person, asked only when a tool is used.

Whatever a server says (names, descriptions, results) is somebody else's words: shown and read aloud, never obeyed.
"""

from becoming.tools.others.calling import Calling, look
from becoming.tools.others.choosing import Choosing, Native
from becoming.tools.others.servers import Server, Servers, Tool, ToolError
from becoming.tools.others.slots import fill

__all__ = ["Calling", "Choosing", "Native", "Server", "Servers", "Tool", "ToolError", "fill", "look"]

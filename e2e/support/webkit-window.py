#!/usr/bin/python3
"""A bare WebKitGTK window that WebKitWebDriver drives, of any size (MiniBrowser is never narrower than 447 px), which
keeps whole downloads in a folder: webkit-window.py --size=390x844 --downloads=/tmp/folder"""
import os
import sys

import gi

gi.require_version('Gtk', '3.0')
gi.require_version('WebKit2', '4.1')
from gi.repository import GLib, Gtk, WebKit2


def argument(name):
    return next(given.split('=', 1)[1] for given in sys.argv if given.startswith(f'--{name}='))


def open_view(_session):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_decorated(False)
    window.set_default_size(*map(int, argument('size').split('x')))
    window.add(view)
    window.show_all()
    view.connect('close', lambda _view: window.destroy())
    return view


def begin(_context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name('MiniBrowser')
    session.set_application_info(info)
    session.connect('create-web-view', open_view)


def keep(_context, download):
    def decide(it, name):
        path = f"{argument('downloads')}/{name}"
        it.set_destination(GLib.filename_to_uri(f'{path}.part'))
        it.connect('finished', lambda _it: os.rename(f'{path}.part', path))
        return True

    download.connect('decide-destination', decide)


context = WebKit2.WebContext.new_ephemeral()
context.set_automation_allowed(True)
context.connect('automation-started', begin)
context.connect('download-started', keep)
Gtk.main()

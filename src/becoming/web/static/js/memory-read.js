/**
 * What she has read, and giving her something to read.
 */
import { ask, counted, dayOf, listed } from "./memory-api.js";
import { make, part } from "./page.js";
import { say, trying } from "./trying.js";

/** @typedef {import("./memory-api.js").Book} Book */

/** @type {Record<string, string>} */
const FORMS = { epub: "book", pdf: "PDF", letter: "letter", mbox: "mailbox", whatsapp: "chat", telegram: "chat" };

export class Reading {
  #place = part("books");
  #file = /** @type {HTMLInputElement} */ (part("file"));
  #most = Infinity;

  /** @param {(what: import("./memory-forget.js").What) => void} forget */
  constructor(forget) {
    this.forget = forget;
    this.#file.addEventListener("change", () => {
      const file = this.#file.files?.[0];
      if (file) trying(() => this.#read(file));
    });
  }

  async show() {
    const { books, most_bytes: most } = await ask("books");
    this.#most = most;
    this.#place.replaceChildren(...books.toReversed().map((/** @type {Book} */ book) => this.#book(book)));
    if (!books.length) this.#place.append(make("li", "soft", "She has read nothing yet."));
  }

  /** @param {Book} book */
  #book(book) {
    const item = make("li", "book", "");
    const words = make("div", "", "");
    const told = `${FORMS[book.form] ?? "text"}, ${counted(book.passages, "passage", "passages")}, read on ${dayOf(book.read)}`;
    words.append(make("p", "book-title", book.title), make("p", "hint", told));
    const button = make("button", "small", "Forget it");
    button.setAttribute("aria-label", `Forget ${book.title}`);
    button.addEventListener("click", () => this.forget({ book: book.id }));
    item.append(words, button);
    return item;
  }

  /** @param {File} file */
  async #read(file) {
    this.#file.disabled = true;
    try {
      if (file.size > this.#most) {
        say(`${file.name} is larger than the ${this.#most >> 20} MB she reads at once. Split it.`);
        return;
      }
      say(`She is reading ${file.name} …`);
      const { read, refused } = await ask(`books?name=${encodeURIComponent(file.name)}`, file);
      await this.show();
      const titles = listed(read.slice(0, 5).map((/** @type {Book} */ book) => `“${book.title}”`));
      const more = read.length > 5 ? `, and ${counted(read.length - 5, "other", "others")}` : "";
      say([`She has read ${titles}${more}.`, ...refused].join(" "));
    } finally {
      this.#file.value = "";
      this.#file.disabled = false;
    }
  }
}

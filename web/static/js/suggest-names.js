// @ts-check
// Offers names while somebody types into a field with list="names". Without JavaScript the form
// works all the same: a name that isn't known leads to a page with those that come near it.

const PAUSE_MS = 200;
const LEAST_LETTERS = 2;

/** @type {HTMLDataListElement | null} */
const list = document.querySelector("datalist#names");
/** @type {NodeListOf<HTMLInputElement>} */
const fields = document.querySelectorAll('input[list="names"]');

for (const field of list ? fields : []) {
  let timer = 0;
  let asked = "";

  const offer = async () => {
    const text = field.value.trim();
    if (text.length < LEAST_LETTERS || text === asked) return;
    asked = text;
    const answer = await fetch(`/organisations/names?text=${encodeURIComponent(text)}`);
    if (!answer.ok || asked !== text) return;
    /** @type {{ names: string[] }} */
    const found = await answer.json();
    list?.replaceChildren(...found.names.map((name) => new Option(name, name)));
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE_MS);
  });
}

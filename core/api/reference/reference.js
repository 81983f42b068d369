// Sends a form of the reference page to this very host and shows the answer. Reading needs no script.
const cookie = (name) =>
  document.cookie.split("; ").map((pair) => pair.split("=")).find(([key]) => key === name)?.[1] ?? "";
const prefix = new URL(document.currentScript?.src ?? location.href).pathname.replace(/\/api\/docs.*$/, "");

async function send(form) {
  const values = new FormData(form);
  const headers = { Accept: "application/json" };
  const query = new URLSearchParams();
  let path = form.dataset.path;
  for (const [name, value] of values) {
    const [place, key] = name.split(":");
    if (!key || value === "") continue;
    if (place === "path") path = path.replace(`{${key}}`, encodeURIComponent(value));
    else if (place === "query") query.append(key, value);
    else if (place === "header") headers[key] = value;
  }
  const options = { method: form.dataset.method, headers, credentials: "same-origin" };
  if (options.method !== "GET") headers["X-CSRF-Token"] = cookie("lixiang_csrf");
  if (values.get("body")) {
    headers["Content-Type"] = "application/json";
    options.body = values.get("body");
  }
  const address = prefix + path + (query.size ? `?${query}` : "");
  const answer = await fetch(address, options);
  const text = await answer.text();
  let shown = text;
  try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: shown as it came */ }
  const tag = answer.headers.get("ETag");
  return `${answer.status} ${answer.statusText}${tag ? `\nETag: ${tag}` : ""}\n\n${shown}`;
}

for (const form of document.querySelectorAll("form[data-path]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector(".answer");
    output.hidden = false;
    output.textContent = "……";
    try { output.textContent = await send(form); } catch (error) { output.textContent = `请求未能发出：${error}`; }
  });
}

/**
 * Passkeys: asks the device to sign in, or for a new key, and sends what it answers as an ordinary form.
 *
 * Markup: `<form hidden data-passkey="get|create" data-options="{…}">`, in it an element with role="status" and data-failed,
 * whose words appear if the device or the person says no. The form is hidden until this module shows it, since without script
 * it could do nothing; `[data-without-passkey]` in the same parent is shown until then. The server says in the options what
 * the device is asked; nothing is decided here.
 */
interface Options {
  challenge: string;
  rp: string;
  milliseconds: number;
  site: string;
  user: string;
  email: string;
  name: string;
  known: string[];
  algorithms: number[];
}

export function offerPasskeys(root: ParentNode): void {
  if (!("PublicKeyCredential" in window) || !isSecureContext) return;
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    const options = JSON.parse(form.dataset["options"] ?? "{}") as Options;
    form.hidden = false;
    form.parentElement?.querySelector<HTMLElement>("[data-without-passkey]")?.setAttribute("hidden", "");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void answer(form, options);
    });
  }
}

async function answer(form: HTMLFormElement, options: Options): Promise<void> {
  const status = form.querySelector<HTMLElement>("[role=status]");
  if (status) status.textContent = "";
  try {
    const parts = form.dataset["passkey"] === "create" ? await added(options) : await signed(options);
    for (const [name, value] of Object.entries({ ...parts, challenge: options.challenge })) put(form, name, value);
    form.submit();
  } catch {
    if (status) status.textContent = status.dataset["failed"] ?? "";
  }
}

type Parts = Record<string, string>;

async function added(options: Options): Promise<Parts> {
  const credential = (await navigator.credentials.create({
    publicKey: {
      challenge: new TextEncoder().encode(options.challenge),
      rp: { id: options.rp, name: options.site },
      user: { id: bytes(options.user), name: options.email, displayName: options.name },
      pubKeyCredParams: options.algorithms.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: options.known.map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "preferred" },
      attestation: "none",
      timeout: options.milliseconds,
    },
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return { credential: text(credential.rawId), client: text(response.clientDataJSON), data: text(response.getAuthenticatorData()) };
}

async function signed(options: Options): Promise<Parts> {
  const credential = (await navigator.credentials.get({
    publicKey: { challenge: new TextEncoder().encode(options.challenge), rpId: options.rp, userVerification: "preferred", timeout: options.milliseconds },
  })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    credential: text(credential.rawId),
    client: text(response.clientDataJSON),
    data: text(response.authenticatorData),
    signature: text(response.signature),
    handle: response.userHandle ? text(response.userHandle) : "",
  };
}

function put(form: HTMLFormElement, name: string, value: string): void {
  const field = form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`) ?? form.appendChild(document.createElement("input"));
  field.type = "hidden";
  field.name = name;
  field.value = value;
}

/** Base64 without padding, with the two signs that addresses allow, as the server writes and reads bytes. */
function text(buffer: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

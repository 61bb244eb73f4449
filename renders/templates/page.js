"use strict";

// Nothing here starts by itself. Without this script videos, captions and files still work, and a step opens its clip.
const light = matchMedia("(prefers-color-scheme: light)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const players = [...document.querySelectorAll(".clip")].map(setUp);

function setUp(clip) {
  const video = clip.querySelector("video");
  const player = {
    video,
    frame: 1 / Number(clip.dataset.rate),
    steps: [...clip.querySelectorAll("[data-start]")],
    caption: clip.querySelector(".caption"),
  };
  wear(player);
  const track = video.textTracks[0];
  track.addEventListener("cuechange", () => say(player, track));
  for (const step of player.steps) {
    step.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      jump(player, step);
    });
  }
  for (const kind of ["timeupdate", "seeked"]) video.addEventListener(kind, () => mark(player));
  video.addEventListener("play", () => {
    for (const other of players) if (other !== player) other.video.pause();
  });
  return player;
}

// The clip in the reader's theme, at the place where it was. A clip that has only one theme keeps it.
function wear({ video }) {
  const { dark, light: bright } = video.dataset;
  const name = (light.matches && bright) || dark || bright;
  if (video.getAttribute("src") === `${name}.mp4`) return;
  const { currentTime, paused } = video;
  video.poster = `${name}-still.png`;
  video.src = `${name}.mp4`;
  if (currentTime > 0) video.currentTime = currentTime;
  if (!paused) video.play();
}

// Half a frame on: a time that is exactly a frame's may show the one before it.
function jump({ video, frame }, step) {
  const first = Number(step.dataset.start) + frame / 2;
  const last = Number(step.dataset.end) - frame / 2;
  const go = () => {
    video.currentTime = calm.matches ? last : first;
    if (calm.matches) video.pause();
    else video.play();
  };
  if (video.readyState > 0) go();
  else {
    video.addEventListener("loadedmetadata", go, { once: true });
    video.load();
  }
}

function mark({ video, steps }) {
  const now = video.currentTime;
  for (const step of steps) {
    const here = now > 0 && now >= Number(step.dataset.start) && now < Number(step.dataset.end);
    if (here) step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
  }
}

// Below the picture, where they hide none of it and can be read on a phone; in it only when it fills the screen.
function say({ caption }, track) {
  const cues = track.activeCues ? [...track.activeCues] : [];
  caption.textContent = cues.map((cue) => cue.text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")).join(" ");
}

function place() {
  const wanted = captions.getAttribute("aria-pressed") === "true";
  document.body.classList.toggle("no-captions", !wanted);
  for (const { video } of players) {
    const alone = document.fullscreenElement === video;
    video.textTracks[0].mode = wanted && alone ? "showing" : "hidden";
  }
}

const captions = document.getElementById("captions");
captions.addEventListener("click", () => {
  captions.setAttribute("aria-pressed", String(captions.getAttribute("aria-pressed") !== "true"));
  place();
});
document.addEventListener("fullscreenchange", place);
light.addEventListener("change", () => players.forEach(wear));
place();

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

const said = document.getElementById("said");
for (const button of document.querySelectorAll(".copy")) {
  button.addEventListener("click", async () => {
    await copy(button.parentElement.querySelector("code").textContent);
    const words = button.firstChild;
    words.data = "Copied";
    said.textContent = "Copied";
    setTimeout(() => {
      words.data = "Copy";
      said.textContent = "";
    }, 2000);
  });
}

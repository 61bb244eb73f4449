// Plays a step when its slide is entered forwards, shows its last still when entered backwards.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const style = document.body.style;
  const scenes = document.getElementById("scenes");
  const still = (id) => document.getElementById(id).src;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const nothing = () => {};
  let place = -1;

  document.documentElement.classList.add("playing");
  for (const video of all(".slides video")) {
    video.poster = still(video.dataset.first);
    const picture = new Image();
    picture.className = "still";
    picture.alt = "";
    picture.src = still(video.dataset.last);
    video.after(picture);
    video.addEventListener("click", () => toggle(video));
  }

  const current = () => Reveal.getCurrentSlide()?.querySelector("video");

  // Only what is loaded can be sent to a place.
  function loaded(video, then) {
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) then();
    else video.addEventListener("loadedmetadata", () => video === current() && then(), { once: true });
  }

  function play(video) {
    loaded(video, () => {
      video.currentTime = 0;
      video.play().catch(nothing); // whoever leaves at once stops it before it starts
    });
  }

  function hold(video) {
    loaded(video, () => {
      video.pause();
      video.currentTime = video.duration;
    });
  }

  function toggle(video) {
    if (video.ended) play(video);
    else if (video.paused) video.play().catch(nothing);
    else video.pause();
  }

  function enter() {
    const before = place;
    place = Reveal.getSlidePastCount();
    const video = current();
    if (!video || Reveal.isOverview()) return;
    if (place < before && before - place === 1) hold(video);
    else if (calm.matches) hold(video);
    else play(video);
  }

  const scene = (by) => {
    if (Reveal.isOverview()) return by > 0 ? Reveal.down() : Reveal.up();
    const { h } = Reveal.getIndices();
    const last = Reveal.getHorizontalSlides().length - 1;
    Reveal.slide(Math.min(last, Math.max(0, h + by)), 0);
  };

  function list() {
    if (!scenes.open) scenes.showModal();
  }

  Reveal.initialize({
    width: Number(style.getPropertyValue("--width")),
    height: Number(style.getPropertyValue("--height")),
    margin: 0,
    minScale: 0.05,
    maxScale: 10,
    center: false,
    controlsTutorial: false,
    hash: true,
    navigationMode: "linear",
    transition: "none",
    backgroundTransition: "none",
    autoPlayMedia: false,
    viewDistance: 4,
    mobileViewDistance: 3,
    keyboardCondition: () => !scenes.open,
    keyboard: { 13: () => Reveal.toggleOverview(false), 38: () => scene(-1), 40: () => scene(1) },
    plugins: [RevealNotes],
  }).then(() => {
    const bind = (keyCode, key, description, then) => Reveal.addKeyBinding({ keyCode, key, description }, then);
    bind(77, "M", "Scenes and keys", list);
    bind(82, "R", "Play the step again", () => play(current()));
    bind(75, "K", "Stop and go on", () => toggle(current()));
    Reveal.on("slidechanged", enter);
    Reveal.on("overviewhidden", enter);
    enter();
  });

  document.getElementById("menu").addEventListener("click", list);
  document.getElementById("close").addEventListener("click", () => scenes.close());
  document.getElementById("print").addEventListener("click", () => (scenes.close(), print()));
  for (const link of all("a", scenes)) {
    link.addEventListener("click", (event) => {
      // Not by the address: reveal.js may not have written the last one yet, and the same one again goes nowhere.
      event.preventDefault();
      scenes.close();
      const { h, v } = Reveal.getIndices(document.getElementById(link.hash.slice(2)));
      Reveal.slide(h, v);
    });
  }
})();

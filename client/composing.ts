/**
 * While an input method (for Chinese, Japanese, Korean …) composes, its keys are its own: Enter takes a candidate and Escape
 * drops it, and no list, dialog or form hears of it. Safari says so only by the key code, for the Enter that ends it.
 */
const composing = 229

window.addEventListener(
  'keydown',
  (event) => {
    if (event.isComposing || event.keyCode === composing) event.stopImmediatePropagation()
  },
  { capture: true },
)

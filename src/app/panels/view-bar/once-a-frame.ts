/** Makes a function that acts before the next paint, with what it was called with last. */
export function onceAFrame<T>(act: (value: T) => void): (value: T) => void {
  let wanted: T;
  let isAsked = false;
  return (value) => {
    wanted = value;
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      act(wanted);
    });
  };
}

/** Makes so many calls, and begins each as soon as there are fewer than `inFlight` under way. */
export async function keepInFlight(
  inFlight: number,
  calls: number,
  call: () => Promise<unknown>,
): Promise<number> {
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < calls) {
      begun += 1;
      if ((await call()) === undefined) throw new Error('A call gave nothing.');
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, calls) }, worker));
  return calls;
}

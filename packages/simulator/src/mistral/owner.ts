/** Who every key of the simulator belongs to. */
export const OWNER_ID = '5d1c6f0a-0000-4000-8000-00000000a11e';

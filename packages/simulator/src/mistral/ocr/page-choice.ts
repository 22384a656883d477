import { integer, list, type Shape, wrong } from '../shape.ts';

const RANGE = /^(\d+)(?:-(\d+))?$/;

/** Which pages are wanted, counted from 0: a list, or a text like `0-5` or `0,2-4`. */
export const PAGE_CHOICE: Shape<(page: number) => boolean> = (value, at) => {
  if (typeof value !== 'string') {
    const pages = new Set(list(integer({ from: 0 }))(value, at));
    return (page) => pages.has(page);
  }
  const ranges = value.split(',').map((part) => {
    const [, first, last = first] = RANGE.exec(part.trim()) ?? [];
    if (first === undefined)
      throw wrong(value, at, 'value_error', 'Value error, Invalid page range');
    return { first: Number(first), last: Number(last) };
  });
  return (page) => ranges.some(({ first, last }) => first <= page && page <= last);
};

// Counters of passages and phrases by index, as a map that is never changed: a new one shares all that is the same. The twin of model.state.Counts.
// @ts-check

const [WIDTH, BITS, BUCKET] = [32, 5, 12];
/** @typedef {readonly number[]} CountRecord */
/** @typedef {Map<number, CountRecord>} Bucket */
/** @typedef {(Node | Bucket | null)[]} Node  a node of the tree; none is changed once it is in a tree */

export class Counts {
  /** @param {Node} root */
  constructor(root = Array(WIDTH).fill(null)) {
    this.root = root;
  }

  /** @param {number} index @returns {CountRecord | undefined} */
  get(index) {
    /** @type {Node | Bucket | null} */
    let found = this.root[index & (WIDTH - 1)];
    let rest = index;
    while (Array.isArray(found)) {
      rest >>= BITS;
      found = found[rest & (WIDTH - 1)];
    }
    return found ? found.get(index) : undefined;
  }

  /** Counts that differ in some records; one that is all zeros is none. @param {Map<number, number[]>} records */
  with(records) {
    const root = [...this.root];
    for (const [index, record] of records) {
      if (!record.some(Boolean)) continue;
      let [node, depth, at] = [root, 0, index & (WIDTH - 1)];
      let found = node[at];
      while (Array.isArray(found)) {
        node[at] = found = [...found];
        node = found;
        depth += BITS;
        at = (index >> depth) & (WIDTH - 1);
        found = node[at];
      }
      const bucket = new Map(found ?? []).set(index, [...record]);
      node[at] = bucket.size <= BUCKET ? bucket : split(bucket, depth + BITS);
    }
    return new Counts(root);
  }

  /** Every index and its record, by index. */
  entries() {
    return [...entries(this.root)].sort(([one], [other]) => one - other);
  }
}

/** @param {Bucket} bucket @param {number} depth @returns {Node} */
function split(bucket, depth) {
  /** @type {Bucket[]} */
  const parts = Array.from({ length: WIDTH }, () => new Map());
  for (const [index, record] of bucket) parts[(index >> depth) & (WIDTH - 1)].set(index, record);
  return parts.map((part) => (!part.size ? null : part.size <= BUCKET ? part : split(part, depth + BITS)));
}

/** @param {Node} node @returns {Generator<[number, CountRecord]>} */
function* entries(node) {
  for (const found of node) {
    if (Array.isArray(found)) yield* entries(found);
    else if (found) yield* found;
  }
}

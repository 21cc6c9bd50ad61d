// Where games are kept: IndexedDB, a database for each story under its IFID. Where a browser refuses it, this window alone remembers.
// @ts-check

/** @typedef {{ name: string, value: any }} Kept */
const GAMES = "games";

export class Saves {
  /** @param {IDBDatabase | null} database */
  constructor(database) {
    this.database = database;
    /** @type {Map<string, any>} */
    this.memory = new Map();
  }

  /** Whether what is written outlives the window. */
  get isKept() {
    return this.database !== null;
  }

  /** Open the place where a story's games lie. @param {string} story its IFID, or else its id @returns {Promise<Saves>} */
  static open(story) {
    return new Promise((resolve) => {
      try {
        const asked = indexedDB.open(`siberia-quest ${story}`, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore(GAMES);
        asked.onsuccess = () => resolve(new Saves(asked.result));
        asked.onerror = asked.onblocked = () => resolve(new Saves(null));
      } catch {
        resolve(new Saves(null));
      }
    });
  }

  /** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} ask @returns {Promise<T>} */
  ask(mode, ask) {
    return new Promise((resolve, reject) => {
      const transaction = /** @type {IDBDatabase} */ (this.database).transaction(GAMES, mode);
      const asked = ask(transaction.objectStore(GAMES));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  /** @returns {Promise<string[]>} */
  async list() {
    return this.database ? (await this.ask("readonly", (store) => store.getAllKeys())).map(String) : [...this.memory.keys()];
  }

  /** @param {string} name @returns {Promise<any>} what was written, undefined for nothing */
  async read(name) {
    return this.database ? this.ask("readonly", (store) => store.get(name)) : this.memory.get(name);
  }

  /** Write something; it is there once this is done. Fails where there is no room. @param {string} name @param {any} value */
  async write(name, value) {
    if (this.database) await this.ask("readwrite", (store) => store.put(value, name));
    else this.memory.set(name, value);
  }

  /** @param {string} name */
  async remove(name) {
    if (this.database) await this.ask("readwrite", (store) => store.delete(name));
    else this.memory.delete(name);
  }
}

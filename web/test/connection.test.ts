import { beforeEach, describe, expect, test } from 'vitest';
import { Connection, type Status } from '../src/wire/connection';
import type { ServerMessage } from '../src/wire/messages';
import { emptyCanvas } from './canvas';
import { TestClock } from './clock';
import { type Line, TestServer } from './line';

let clock: TestClock;
let server: TestServer;
let opened: Line[];
let heard: ServerMessage[];
let statuses: Status[];
let connection: Connection;

beforeEach(() => {
  clock = new TestClock();
  server = new TestServer(emptyCanvas());
  [opened, heard, statuses] = [[], [], []];
  connection = new Connection({
    open: () => {
      const line = server.open(clock, 5);
      opened.push(line);
      return line;
    },
    hello: () => ({ type: 'hello', protocol: 1, token: 't', since: null, epoch: null, language: 'en' }),
    hear: (message) => heard.push(message),
    changed: (status) => statuses.push(status),
    clock,
    random: () => 1,
  });
  connection.start();
});

const last = () => opened.at(-1) as Line;

describe('a connection', () => {
  test('is live once it was welcomed, and not before', () => {
    expect(connection.send({ type: 'ping', n: 1 })).toBe(false);
    clock.pass(15);
    expect(connection.status).toEqual({ phase: 'live', because: null });
    expect(heard.map(({ type }) => type)).toEqual(['welcome']);
  });

  test('comes back after a lost line, each time after a longer pause, until it is welcomed', () => {
    clock.pass(15);
    last().end(1006);
    expect(connection.status).toEqual({ phase: 'reconnecting', because: 'retry' });
    clock.pass(249);
    expect(opened).toHaveLength(1);
    clock.pass(1);
    expect(opened).toHaveLength(2);
    last().end(1006);
    clock.pass(499);
    expect(opened).toHaveLength(2);
    clock.pass(20);
    expect(connection.status.phase).toBe('live');
    last().end(1006);
    clock.pass(250);
    expect(opened).toHaveLength(4);
  });

  test('tells a server that is going down in good order from a lost line', () => {
    clock.pass(15);
    last().end(4503);
    expect(connection.status).toEqual({ phase: 'reconnecting', because: 'draining' });
    clock.pass(250);
    last().end(1006);
    expect(connection.status).toEqual({ phase: 'reconnecting', because: 'draining' });
    clock.pass(1000);
    last().end(1006);
    expect(connection.status).toEqual({ phase: 'reconnecting', because: 'retry' });
  });

  test.each([
    [4401, 'no_access'],
    [4403, 'no_access'],
    [4404, 'no_room'],
    [4409, 'outdated'],
  ])('stops for good after %i', (code, because) => {
    last().end(code);
    expect(connection.status).toEqual({ phase: 'ended', because });
    connection.nudge();
    connection.restart();
    clock.pass(60_000);
    expect(opened).toHaveLength(1);
  });

  test('finds a line that is dead but not closed', () => {
    clock.pass(15);
    last().cut();
    clock.pass(15_000 + 9_999);
    expect(connection.status.phase).toBe('live');
    clock.pass(1 + 250);
    expect(opened).toHaveLength(2);
  });

  test('stays on a quiet line that answers', () => {
    clock.pass(10 * 60_000);
    expect(opened).toHaveLength(1);
    expect(connection.status.phase).toBe('live');
  });

  test('gives up on a line that never welcomes', () => {
    last().cut();
    clock.pass(15_000 + 250);
    expect(opened).toHaveLength(2);
  });

  test('looks at once when the network is said to be back', () => {
    clock.pass(15);
    for (let round = 0; round < 5; round += 1) {
      last().end(1006);
      connection.nudge();
    }
    clock.pass(15);
    expect(connection.status.phase).toBe('live');
    expect(opened).toHaveLength(6);
  });

  test('opens one line only, however often it is nudged while it is being opened', () => {
    connection.nudge();
    connection.nudge();
    clock.pass(15);
    connection.nudge();
    expect(opened).toHaveLength(1);
  });

  test('does nothing before it is started', () => {
    const early = new Connection({
      open: () => {
        throw new Error('too early');
      },
      hello: () => ({ type: 'hello', protocol: 1, token: 't', since: null, epoch: null, language: 'en' }),
      hear: () => {},
      changed: () => {},
      clock,
    });
    early.nudge();
    early.restart();
    expect(early.status.phase).toBe('connecting');
  });

  test('is silent after it was stopped', () => {
    clock.pass(15);
    connection.stop();
    connection.nudge();
    server.do({ type: 'do', id: 'x', action: 'lock_canvas' });
    clock.pass(60_000);
    expect(heard).toHaveLength(1);
    expect(opened).toHaveLength(1);
  });

  test('a line that is not coming about is tried anew when the network is back, and a live one is soon known to be dead', () => {
    last().cut(); // it is swallowed somewhere
    clock.pass(3000);
    expect(opened.length).toBe(1);
    connection.nudge();
    expect(opened.length).toBe(2);
    clock.pass(15);
    expect(connection.status.phase).toBe('live');
    last().cut();
    connection.nudge();
    clock.pass(3999);
    expect(connection.status.phase).toBe('live');
    clock.pass(1);
    expect(connection.status.phase).toBe('reconnecting');
  });

  test('why it went is still said while nobody answers', () => {
    clock.pass(15);
    last().end(4503);
    server.away = true;
    clock.pass(5000);
    expect(connection.status).toEqual({ phase: 'reconnecting', because: 'draining' });
  });
});

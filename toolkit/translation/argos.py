"""The Argos engine: the only import of argostranslate, CTranslate2 and SentencePiece.

``argostranslate.translate`` is never imported: it brings PyTorch, goes to the network at run time, and feeds the model
line by line. From argostranslate come the package format and the tokenizers; sentences are our own segments, and they
go to CTranslate2 in large batches. Decoding is Argos' own: beam 4, length penalty 0.2, unknown words copied.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from toolkit.errors import ModelError
from toolkit.translation.engine import USUAL, Answer, Attention, Decoding, Signature, available_processors
from toolkit.translation.packages import ModelPackage

#: Of a batch that goes to one worker, in tokens: measured in docs/performance.md.
BATCH_TOKENS = 512
LENGTH_PENALTY = 0.2
#: Longest sentence a model is given, in tokens: its position table ends at 1,024.
MAX_TOKENS = 900
#: Score of what the model cannot be asked about.
_NO_SCORE = -100.0
_HOMES = {"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}


class _Tokenizer(Protocol):
    def encode(self, sentence: str) -> list[str]: ...


@contextmanager
def _borrowed_home() -> Iterator[None]:
    """While argostranslate is imported it creates folders in the home directory; let it do so somewhere else.

    That keeps the home clean, and lets the import succeed where the home is read-only.
    """
    names = [*_HOMES, "ARGOS_PACKAGES_DIR", "ARGOS_MODEL_PROVIDER"]
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="toolkit-argos-") as folder:
        os.environ.update({name: str(Path(folder, part)) for name, part in _HOMES.items()})
        os.environ["ARGOS_PACKAGES_DIR"] = str(Path(folder, "packages"))
        os.environ.pop("ARGOS_MODEL_PROVIDER", None)  # the default is local; the other values send text to a server
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


class ArgosEngine:
    """Translates with one Argos package.

    Args:
        package: an installed or embedded package; its checksum should have been verified.
        beam: beam width, 1 is greedy.
        threads: batches translated at once; 0 takes every processor this process may use.

    Raises:
        ModelError: the package cannot be loaded.
    """

    def __init__(self, package: ModelPackage, *, beam: int = 4, threads: int = 0) -> None:
        self._package = package
        self._beam = beam
        self._tokenizer, self._prefix = _load_tokenizer(package)
        self._translator = _load_translator(package, threads or available_processors())

    @property
    def signature(self) -> Signature:
        """The package's name, version and checksum."""
        return Signature("argos", self._package.label, self._package.checksum[:12])

    def translate(
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        """Answer window by window; the next window is under way while the caller works on this one's answers."""
        pending: _Window | None = None
        for sentences in windows:
            attentive = frozenset(index for index, sentence in enumerate(sentences) if sentence in attended)
            started = self._start(sentences, ("",) * len(sentences), decoding, attentive)
            if pending is not None:
                yield self._finish(pending)
            pending = started
        if pending is not None:
            yield self._finish(pending)

    def complete(self, begun: Sequence[tuple[str, str]]) -> tuple[Answer, ...]:
        """Finish answers that are begun; see ``Steerable``."""
        sentences, beginnings = [french for french, _ in begun], [english for _, english in begun]
        return self._finish(self._start(sentences, beginnings, USUAL, frozenset(range(len(begun)))))

    def score(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Log-probability per token of English for French; very low where either is too long or empty."""
        tokens = [(self._tokenizer.encode(french), self._tokenizer.encode(english)) for french, english in pairs]
        usable = [i for i, (one, other) in enumerate(tokens) if one and other and max(map(len, tokens[i])) < MAX_TOKENS]
        scores = [_NO_SCORE] * len(pairs)
        try:
            results = self._translator.score_batch(
                [tokens[index][0] for index in usable],
                [[*self._begin, *tokens[index][1]] for index in usable],
                batch_type="tokens",
                max_batch_size=2 * BATCH_TOKENS,
            )
        except (RuntimeError, ValueError) as error:
            raise self._failure(error) from error
        for index, result in zip(usable, results, strict=True):
            logs = result.log_probs[len(self._begin) :]
            scores[index] = sum(logs) / len(logs)
        return tuple(scores)

    @property
    def _begin(self) -> list[str]:
        return [self._prefix] if self._prefix else []

    def _start(
        self, sentences: Sequence[str], begun: Sequence[str], decoding: Decoding, attentive: frozenset[int]
    ) -> _Window:
        control = {"repetition_penalty": 1.3, "no_repeat_ngram_size": 3} if decoding.controlled else {}
        beam = decoding.beam or self._beam
        try:
            tokens = [self._tokenizer.encode(sentence) for sentence in sentences]
            given = [[*self._begin, *(self._tokenizer.encode(words) if words else ())] for words in begun]
            usable = [index for index, pieces in enumerate(tokens) if 0 < len(pieces) <= MAX_TOKENS]
            longest = max((len(tokens[index]) for index in usable), default=0)
            results = self._translator.translate_batch(
                [tokens[index] for index in usable],
                target_prefix=[given[index] for index in usable] if any(given) else None,
                beam_size=beam,
                num_hypotheses=min(2, beam),
                length_penalty=LENGTH_PENALTY,
                replace_unknowns=True,
                return_scores=True,
                return_attention=True,
                batch_type="tokens",
                max_batch_size=BATCH_TOKENS,
                max_input_length=0,
                # English is hardly ever twice as long: what goes on longer is going round in circles.
                max_decoding_length=min(MAX_TOKENS, 2 * longest + 20),
                asynchronous=True,
                **control,
            )
        except (RuntimeError, ValueError) as error:
            raise self._failure(error) from error
        return _Window(tokens, dict(zip(usable, results, strict=True)), attentive)

    def _finish(self, window: _Window) -> tuple[Answer, ...]:
        try:
            return tuple(
                self._answer(window.results[index].result(), pieces, index in window.attentive)
                if index in window.results
                else _no_answer(pieces)
                for index, pieces in enumerate(window.tokens)
            )
        except (RuntimeError, ValueError) as error:
            raise self._failure(error) from error

    def _answer(self, result: Any, asked: list[str], attentive: bool) -> Answer:
        """The answer of a result; with its attention where that is wanted."""
        pieces: list[str] = result.hypotheses[0]
        scores = [_per_token(score, len(told)) for score, told in zip(result.scores, result.hypotheses, strict=True)]
        if self._prefix and pieces[:1] == [self._prefix]:
            pieces = pieces[1:]
        rows = result.attention[0][-len(pieces) :] if result.attention and pieces else []
        attention = None
        if attentive and rows:
            weights = tuple(array("f", row) for row in rows)
            attention = Attention(self._spoken(asked), self._spoken(pieces), weights)
        return Answer(
            self._decode(pieces),
            scores[0],
            attention=attention,
            margin=scores[0] - scores[1] if len(scores) > 1 else None,
            coverage=_coverage(rows),
        )

    def _spoken(self, pieces: list[str]) -> tuple[str, ...]:
        """Pieces as text: a space where a word begins, as SentencePiece (▁) and subword-nmt (@@) say it."""
        if hasattr(self._tokenizer, "lazy_processor"):
            return tuple(piece.replace("▁", " ") for piece in pieces)
        glued = [False, *(piece.endswith("@@") for piece in pieces)]
        return tuple(
            ("" if joined else " ") + piece.removesuffix("@@") for joined, piece in zip(glued, pieces, strict=False)
        )

    def _decode(self, pieces: list[str]) -> str:
        """Pieces to text. Argos' own SentencePiece decoder turns every underscore into a space, so it is not used."""
        processor = getattr(self._tokenizer, "lazy_processor", None)
        if processor is not None:
            return str(processor().decode_pieces(pieces)).replace("▁", " ").strip()
        return str(self._tokenizer.decode(pieces)).strip()  # type: ignore[attr-defined]

    def _failure(self, error: Exception) -> ModelError:
        return ModelError(
            f"the model {self._package.label} failed: {error}",
            where=str(self._package.path),
            hint="check it with `toolkit models verify`, or choose another with --model",
        )


class _Window:
    """Sentences on their way through the model: their tokens, the results by index, whose attention is wanted."""

    __slots__ = ("attentive", "results", "tokens")

    def __init__(self, tokens: list[list[str]], results: dict[int, Any], attentive: frozenset[int]) -> None:
        self.tokens = tokens
        self.results = results
        self.attentive = attentive


def _per_token(score: float, pieces: int) -> float:
    """CTranslate2 divides by length ** penalty, the end mark counted; divide by the rest of the length."""
    length = pieces + 1
    return float(score * length**LENGTH_PENALTY / length)


def _coverage(rows: Sequence[Sequence[float]]) -> float | None:
    """Share of a question that was looked at: of each of its pieces, as much as one whole look."""
    if not rows:
        return None
    looks: list[float] = [min(1.0, sum(column)) for column in zip(*rows, strict=True)]
    return sum(looks) / len(looks)


def _no_answer(pieces: list[str]) -> Answer:
    if not pieces:
        return Answer("", 0.0, "nothing to translate")
    return Answer("", 0.0, f"too long for the model: {len(pieces)} tokens")


def _load_tokenizer(package: ModelPackage) -> tuple[_Tokenizer, str]:
    """The package's tokenizer, and the target prefix that many-to-many models want ("" otherwise)."""
    with _borrowed_home():
        from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer
    from sentencepiece import SentencePieceProcessor

    prefix = package.target_prefix
    try:
        if package.tokenizer_name == "sentencepiece.model":
            tokenizer = SentencePieceTokenizer(package.path)
            tokenizer.processor = SentencePieceProcessor(model_proto=package.read("sentencepiece.model"))
            return tokenizer, prefix
        with tempfile.NamedTemporaryFile(suffix=".bpe.model") as file:
            file.write(package.read("bpe.model"))
            file.flush()
            tokenizer = BPETokenizer(Path(file.name), package.from_code, package.to_code)
            tokenizer.lazy_load()
            return tokenizer, prefix
    except (RuntimeError, OSError, ValueError) as error:
        raise ModelError(
            f"the tokenizer of {package.label} cannot be loaded: {error}",
            where=str(package.path),
            hint="the package is damaged: remove it and install it again",
        ) from error


def _load_translator(package: ModelPackage, threads: int) -> Any:
    """One worker per processor, each with one thread: two to three times the speed of one worker with many threads."""
    import ctranslate2

    ctranslate2.set_log_level(40)  # errors only: its warnings are about instruction sets
    try:
        return ctranslate2.Translator(
            "model" if package.is_archive else str(package.path / "model"),
            device="cpu",
            inter_threads=threads,
            intra_threads=1,
            files=package.model_files() if package.is_archive else None,
        )
    except (RuntimeError, ValueError, OSError, IndexError) as error:
        raise ModelError(
            f"the model of {package.label} cannot be loaded: {error}",
            where=str(package.path),
            hint="the package is damaged or made for another engine: remove it and install it again",
        ) from error

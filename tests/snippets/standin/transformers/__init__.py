"""Stands in for Hugging Face's transformers where it cannot be had: the few calls that the programs of the participate page make, with a small recurrent
network of random weights, and a tokenizer that cuts words into pieces of three letters, the blank before a word with its first piece."""
import types

import torch

WINDOW = 32
VOCABULARY = 200
BOS = 0


class Tokenizer:
    bos_token_id, eos_token_id = BOS, BOS

    def __call__(self, text, return_offsets_mapping=False, add_special_tokens=True):
        assert not add_special_tokens
        pieces, at = [], 0
        while at < len(text):
            end = at + 1
            while end < len(text) and text[end] != " " and end - at < (4 if text[at] == " " else 3):
                end += 1
            pieces.append((at, end))
            at = end
        out = {"input_ids": [1 + sum(map(ord, text[a:b])) % (VOCABULARY - 1) for a, b in pieces]}
        if return_offsets_mapping:
            out["offset_mapping"] = pieces
        return out


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.config = types.SimpleNamespace(max_position_embeddings=WINDOW)
        self.embed = torch.nn.Embedding(VOCABULARY, 12)
        self.first = torch.nn.GRU(12, 16, batch_first=True)
        self.second = torch.nn.GRU(16, 16, batch_first=True)
        self.read = torch.nn.Linear(16, VOCABULARY)

    def forward(self, tokens, output_hidden_states=False):
        assert tokens.shape[1] <= WINDOW, "more tokens than the model has positions"
        states = [self.embed(tokens)]
        for layer in (self.first, self.second):
            states.append(layer(states[-1])[0])
        return types.SimpleNamespace(logits=self.read(states[-1]), hidden_states=tuple(states))


class AutoTokenizer:
    @staticmethod
    def from_pretrained(name):
        return Tokenizer()


class AutoModelForCausalLM:
    @staticmethod
    def from_pretrained(name):
        return Network()


AutoModel = AutoModelForCausalLM

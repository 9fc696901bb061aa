@echo off
rem ${{ values.name }}
